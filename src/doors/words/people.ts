import type { Words } from '../words.ts';

export const peopleWords: Words = {
  'user.guest': {
    zh: '访客没有账号，只能封禁或删除',
    en: 'A guest has no account to change: ban or delete them',
  },
  'auth.wrong_password': { zh: '用户名或密码错误', en: 'Wrong username or password' },
  'auth.slow_down': {
    zh: '密码错误次数过多，请稍后再试',
    en: 'Too many wrong passwords, try again later',
  },
  'user.last_admin': { zh: '至少需要一名管理员', en: 'The last administrator stays one' },
  'mail.reset_subject': { zh: '重置密码', en: 'Choose a new password' },
  'mail.reset_text': {
    zh: '您好，\n\n有人请求重置您的密码。请在 30 分钟内打开以下链接，它只能使用一次：\n\n{link}\n\n如果不是您本人操作，请忽略此邮件，您的密码不会改变。\n',
    en: 'Hello,\n\nsomebody has asked for a new password for your account. Open this link within 30 minutes; it works once:\n\n{link}\n\nIf it was not you, ignore this mail: your password stays as it is.\n',
  },
  'mail.moved_subject': { zh: '邮箱地址已更改', en: 'Your e-mail address was changed' },
  'mail.moved_text': {
    zh: '您好，\n\n您的账号 {name} 的邮箱地址已更改为 {email}，此邮箱不再用于该账号。\n\n如果不是您本人操作，请立即登录并修改密码，或联系管理员。\n',
    en: 'Hello,\n\nthe e-mail address of your account {name} is now {email}; this mailbox is no longer used for it.\n\nIf it was not you, sign in and change your password at once, or ask the administrator.\n',
  },
  'user.unknown': { zh: '用户不存在', en: 'No such user' },
  'user.not_active': { zh: '该用户的账号已停用', en: 'This person’s account is not active' },
  'user.username_taken': { zh: '用户名已存在', en: 'This username is taken' },
  'user.email_taken': { zh: '邮箱已被注册', en: 'This e-mail address is taken' },
  'user.uid_taken': { zh: '用户标识已被占用', en: 'This uid is taken' },
  'user.id_taken': { zh: '用户编号已被占用', en: 'This id is taken' },
  'user.id_fixed': { zh: '用户编号不能更改', en: 'This user has another id, which cannot change' },
  'user.bad_name': { zh: '名称应为 1 到 64 个字符', en: 'A name has 1 to 64 characters on one line' },
  'user.bad_username': {
    zh: '用户名应为 1 到 64 个字母、数字或 . _ -',
    en: 'A username has 1 to 64 letters, digits or . _ -',
  },
  'user.digits': { zh: '用户名不能全为数字', en: 'A username cannot be of digits alone' },
  'user.bad_uid': { zh: '用户标识无效', en: 'Invalid uid' },
  'user.bad_email': { zh: '邮箱地址无效', en: 'Invalid e-mail address' },
  'user.bad_url': { zh: '头像地址应为 http 或 https 链接', en: 'A picture has an http or https address' },
  'user.bad_password': { zh: '密码应为 8 到 128 个字符', en: 'A password has 8 to 128 characters' },
  'contact.self': { zh: '不能添加自己为联系人', en: 'You cannot be your own contact' },
  'contact.blocked': {
    zh: '你已屏蔽对方，请先解除屏蔽',
    en: 'You have blocked this person: unblock them first',
  },
  'contact.refused': { zh: '对方不接受你的请求', en: 'This person does not take your requests' },
  'contact.no_request': { zh: '没有来自对方的请求', en: 'There is no request from this person' },
  'contact.changed': { zh: '联系人状态已变化，请重试', en: 'This contact has just changed, try again' },
  'group.unknown': { zh: '群组不存在', en: 'No such group' },
  'group.not_member': { zh: '你不是群组成员', en: 'You are not a member of this group' },
  'group.not_owner': { zh: '只有群主可以执行该操作', en: 'Only the owner of the group may do this' },
  'group.not_contact': {
    zh: '只能邀请联系人加入群组：{uid}',
    en: 'Only contacts can be brought into a group: {uid}',
  },
  'group.full': { zh: '群组人数已达上限（{limit}）', en: 'A group has at most {limit} members' },
  'device.unknown': { zh: '设备不存在', en: 'No such device' },
  'webhook.unknown': { zh: 'Webhook 不存在', en: 'No such webhook' },
  'webhook.bad_url': {
    zh: 'Webhook 地址应为不含凭据的 http 或 https 链接',
    en: 'A webhook has an http or https address without credentials',
  },
  'webhook.bad_events': { zh: '事件应为类型、“call.*”或“*”', en: 'Events are types, "call.*" or "*"' },
};
