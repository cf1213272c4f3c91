import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import style from './tabs.module.css';

export interface TabItem {
  id: string;
  title: string;
  /** A number beside the title, 0 shows nothing; `waiting` tells readers what it counts. */
  count?: number;
  waiting?: string;
  panel: ReactNode;
}

/** Tabs over panels; arrows move between them. */
export function Tabs({ label, items }: { label: string; items: readonly TabItem[] }) {
  return (
    <AriaTabs className={style.tabs ?? ''}>
      <TabList aria-label={label} className={style.list ?? ''}>
        {items.map((item) => (
          <Tab key={item.id} id={item.id} className={style.tab ?? ''}>
            {item.title}
            {item.count ? (
              <>
                <span className={style.count}>{item.count}</span>
                <span className="visually-hidden">{item.waiting}</span>
              </>
            ) : null}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className={style.panel ?? ''}>
          {item.panel}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
