import { useEffect, useMemo, useState } from 'react';
import { moment } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { need } from '../../../state/connection.ts';
import { reasonOf } from '../../../state/errors.ts';
import { PAGE_SIZE, PagedLoader } from '../../../state/paged.ts';
import type { Account } from '../../../state/sdk.ts';
import { toast, toastProblem } from '../../../state/toasts.ts';
import { Avatar } from '../../avatar.tsx';
import { IconButton } from '../../icon-button.tsx';
import { Menu } from '../../menu.tsx';
import { SearchBox } from '../../search-box.tsx';
import { Select } from '../../select.tsx';
import look from '../list-row.module.css';
import style from './admin.module.css';
import { BanUser } from './ban-user.tsx';
import { DeleteUser } from './delete-user.tsx';
import { PagedList } from './paged-list.tsx';

type Status = 'all' | Account['status'] | 'guests';
const STATUSES: readonly Status[] = ['all', 'active', 'banned', 'deleted', 'guests'];

interface Listed {
  user: Account;
  /** Has no account: there is nothing to change of them. */
  guest: boolean;
}
/** Typing is not asking. */
const QUIET_MS = 250;

/** Everybody with an account, and on request those without: found, suspended, made administrator, deleted. */
export function Users() {
  const { t } = useWords();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<Status>('all');
  const asked = useMemo(() => ({ search: '', status: 'all' as Status }), []);
  const list = useMemo(
    () =>
      new PagedLoader<Listed>(async (page) => {
        const { search: wanted, status: of } = asked;
        const guest = of === 'guests';
        const { users, total } = await need().admin.users({
          page,
          pageSize: PAGE_SIZE,
          ...(wanted !== '' && { search: wanted }),
          ...(guest ? { guests: true } : of !== 'all' && { status: of }),
        });
        return { items: users.map((user) => ({ user, guest })), total };
      }),
    [asked],
  );
  useEffect(() => {
    const wanted = search.trim();
    if (wanted === asked.search && status === asked.status) return;
    const timer = setTimeout(() => {
      Object.assign(asked, { search: wanted, status });
      void list.show(1);
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [search, status, asked, list]);
  return (
    <>
      <div className={style.filters}>
        <SearchBox label={t('admin.search')} value={search} onChange={setSearch} />
        <Select
          label={t('admin.filter')}
          value={status}
          choices={STATUSES.map((id) => ({ id, title: t(`admin.${id}`) }))}
          onChange={(id) => setStatus(STATUSES.find((one) => one === id) ?? 'all')}
        />
      </div>
      <PagedList of={list} empty={{ icon: 'people', title: t('admin.noUsers') }}>
        {(one) => <Row key={one.user.id} {...one} reload={() => void list.show()} />}
      </PagedList>
    </>
  );
}

function Row({ user, guest, reload }: Listed & { reload: () => void }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<'ban' | 'delete'>();
  const { id, nickname, username, status, role } = user;
  const run = (act: () => Promise<unknown>) =>
    act().then(reload, (error: unknown) =>
      reasonOf(error) === 'conflict' ? toast('warn', 'admin.lastAdmin') : toastProblem(error),
    );
  const admin = role === 'admin';
  const entries = [
    status === 'banned'
      ? { id: 'unban', title: t('admin.unban'), run: () => void run(() => need().admin.unban(id)) }
      : { id: 'ban', title: t('admin.ban'), run: () => setOpen('ban') },
    ...(guest
      ? []
      : [
          {
            id: 'role',
            title: t(admin ? 'admin.makeUser' : 'admin.makeAdmin'),
            run: () => void run(() => need().admin.update(id, { role: admin ? 'user' : 'admin' })),
          },
        ]),
    { id: 'delete', title: t('admin.delete'), danger: true, run: () => setOpen('delete') },
  ];
  return (
    <li className={look.row}>
      <span className={look.link}>
        <Avatar name={nickname} url={user.avatarUrl} size={40} />
        <span className={look.words}>
          <span className={look.name}>{nickname}</span>
          <span className={look.note}>
            {[username, user.email, t('admin.since', { when: moment(user.createdAt, language) })]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <span className={style.tags}>
            {admin && <span className={style.tag}>{t('admin.role')}</span>}
            {status !== 'active' && <span className={style.off}>{t(`admin.${status}`)}</span>}
          </span>
        </span>
      </span>
      {status !== 'deleted' && (
        <Menu label={t('admin.actions', { name: nickname })} entries={entries}>
          <IconButton icon="more" label={t('admin.actions', { name: nickname })} />
        </Menu>
      )}
      {open === 'ban' && <BanUser user={user} onClose={() => setOpen(undefined)} run={run} />}
      {open === 'delete' && <DeleteUser user={user} onClose={() => setOpen(undefined)} run={run} />}
    </li>
  );
}
