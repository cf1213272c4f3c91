import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { client } from '../../../state/connection.ts';
import { groups, loadGroups } from '../../../state/groups.ts';
import type { Group } from '../../../state/sdk.ts';
import { Avatar } from '../../avatar.tsx';
import { Button } from '../../button.tsx';
import { Card } from '../../card.tsx';
import { classes } from '../../classes.ts';
import { Empty } from '../../empty.tsx';
import { Link } from '../../link.tsx';
import { LoadedView } from '../../loaded-view.tsx';
import { useStore } from '../../use-store.ts';
import { Page } from '../page.tsx';
import { Pair } from '../pair.tsx';
import { CreateGroup } from './create-group.tsx';
import { GroupDetail } from './group-detail.tsx';
import style from './groups.module.css';

/** Groups beside the open one; one of the two on narrow screens. */
export function Groups({ id }: { id: string | undefined }) {
  const { t } = useWords();
  const value = useStore(groups);
  // What others changed meanwhile is not pushed; the old list stays up until the new one is there.
  useEffect(() => {
    if (client.get()) void loadGroups();
  }, []);
  const [creating, setCreating] = useState(false);
  const open = id === undefined ? undefined : value.data?.find((g) => g.id === id);
  return (
    <Page
      wide
      title={t('groups.title')}
      {...(id === undefined ? {} : { back: { to: '/groups', narrow: true } })}
      actions={
        value.data?.length !== 0 && (
          <Button icon="plus" onPress={() => setCreating(true)}>
            {t('groups.create')}
          </Button>
        )
      }
    >
      <LoadedView value={value} onRetry={loadGroups}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon="people" title={t('groups.none')}>
              <Button kind="primary" icon="plus" onPress={() => setCreating(true)}>
                {t('groups.create')}
              </Button>
            </Empty>
          ) : (
            <Pair
              opened={open !== undefined}
              list={
                <Card>
                  <List list={list} here={id} />
                </Card>
              }
              detail={
                <Card>
                  {open ? (
                    <GroupDetail key={open.id} group={open} />
                  ) : (
                    <Empty icon="people" title={t('groups.pick')} />
                  )}
                </Card>
              }
            />
          )
        }
      </LoadedView>
      <CreateGroup open={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

function List({ list, here }: { list: readonly Group[]; here: string | undefined }) {
  const { t } = useWords();
  return (
    <ul>
      {list.map((group) => (
        <li key={group.id}>
          <Link
            href={`/groups/${encodeURIComponent(group.id)}`}
            className={classes(style.item, group.id === here && style.here)}
            aria-current={group.id === here ? 'true' : undefined}
          >
            <Avatar name={group.name} />
            <span className={style.words}>
              <span className={style.name}>{group.name}</span>
              <span className={style.note}>{t('groups.membersCount', { count: group.members.length })}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
