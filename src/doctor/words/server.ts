import type { Words } from '../words.ts';

export const serverWords = {
  'mark.ok': { zh: '正常', en: 'ok' },
  'mark.failed': { zh: '失败', en: 'failed' },
  'mark.skipped': { zh: '未检查', en: 'not checked' },
  'what.config': { zh: '配置', en: 'configuration' },
  'what.database': { zh: '数据库', en: 'database' },
  'what.redis': { zh: 'Redis', en: 'Redis' },
  'what.running': { zh: '服务', en: 'server' },
  'what.public_url': { zh: 'PUBLIC_URL', en: 'PUBLIC_URL' },
  'config.ok': { zh: '可用，媒体引擎：{engine}', en: 'makes sense, the media engine is {engine}' },
  'config.wrong': { zh: '{message}；请更正该变量', en: '{message}; correct that variable' },
  'database.ok': { zh: '可以读写', en: 'answers' },
  'database.new': {
    zh: '{path} 尚不存在，首次启动时创建',
    en: '{path} is not there yet, the first start makes it',
  },
  'database.no_folder': {
    zh: '无法写入 {path}（{reason}）：请让运行服务的用户可写该目录，或更改 DATA_DIR',
    en: '{path} cannot be written ({reason}): give the folder to the user the server runs as, or set another DATA_DIR',
  },
  'database.failed': {
    zh: '无法连接（{reason}）：请检查 DATABASE_URL 与数据库是否运行',
    en: 'cannot be used ({reason}): check DATABASE_URL and that the database runs',
  },
  'redis.ok': { zh: '有应答', en: 'answers' },
  'redis.failed': {
    zh: '无法连接（{reason}）：请检查 REDIS_URL 与 Redis 是否运行',
    en: 'cannot be used ({reason}): check REDIS_URL and that Redis runs',
  },
  'running.ok': {
    zh: '正在 {url} 运行，接受此配置的密钥',
    en: 'runs at {url} and takes the key of this configuration',
  },
  'running.not': {
    zh: '{url} 没有应答：服务未运行，下面检查它启动后的情况',
    en: 'nothing answers at {url}: it does not run, what follows is what it would find',
  },
  'running.other': {
    zh: '{url} 有程序应答，但不是此配置的 Parley（{reason}）：请停止它、更改 PORT，或用当前配置重启服务',
    en: 'what answers at {url} is no Parley with this configuration ({reason}): stop it, change PORT, or restart the server with what is configured now',
  },
  'public_url.ok': { zh: '通过它可以到达此服务', en: 'leads to this server, WebSockets included' },
  'public_url.http': { zh: '通过它可以到达服务', en: 'leads to a server' },
  'public_url.none': {
    zh: '未设置：客户端使用各自请求时的地址',
    en: 'is not set: clients are told the address by which they asked',
  },
  'public_url.not_running': {
    zh: '域名可解析（{address}），服务未运行，未再检查',
    en: 'its name is known ({address}); the server does not run, so nothing more can be seen',
  },
  'public_url.no_name': {
    zh: '域名 {host} 无法解析：请更正 PUBLIC_URL 或添加 DNS 记录',
    en: 'the name {host} is not known: correct PUBLIC_URL or add the DNS record',
  },
  'public_url.unreachable': {
    zh: '{url} 无法到达（{reason}）：请检查反向代理、证书与防火墙（部分路由器不支持从内网访问公网地址）',
    en: '{url} cannot be reached ({reason}): check the proxy, its certificate and the firewall (some routers do not lead back inward)',
  },
  'public_url.other': {
    zh: '{url} 的应答不是此服务（HTTP {status}）：请让反向代理指向本服务的 PORT',
    en: '{url} is answered by something else (HTTP {status}): let the proxy lead to the PORT of this server',
  },
  'public_url.no_sockets': {
    zh: '网页可达，但 WebSocket 不通（{reason}）：请让反向代理转发 Upgrade 请求，见 docs/operate/proxy.md',
    en: 'pages pass, WebSockets do not ({reason}): let the proxy pass Upgrade requests on, see docs/operate/proxy.md',
  },
} satisfies Words;
