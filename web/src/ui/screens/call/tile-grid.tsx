import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { type CallView, present } from '../../../state/call-view.ts';
import { layGrid } from '../../../state/grid.ts';
import style from './call-screen.module.css';
import { OwnTile } from './own-tile.tsx';
import { SelfView } from './self-view.tsx';
import { Tile } from './tile.tsx';

/** The others as equal tiles. Two people: the other one large, oneself in a corner. */
export function TileGrid({ view }: { view: CallView }) {
  const area = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const others = present(view);
  const pair = others.length <= 1;
  const grid = layGrid(others.length + (pair ? 0 : 1), size.width, size.height);
  const edges: CSSProperties & Record<'--edge-x' | '--edge-y', string> = {
    '--edge-x': `${(size.width - grid.width) / 2}px`,
    '--edge-y': `${(size.height - grid.height) / 2}px`,
  };
  return (
    <div ref={area} className={style.area} style={edges}>
      <ul
        className={style.grid}
        style={{ maxInlineSize: grid.columns * grid.width + (grid.columns - 1) * 8 }}
      >
        {size.width > 0 &&
          others.map((p) => (
            <Tile key={p.person.uid} participant={p} width={grid.width} height={grid.height} />
          ))}
        {!pair && size.width > 0 && <OwnTile view={view} width={grid.width} height={grid.height} />}
      </ul>
      {pair && (view.videoOn || view.sharing) && <SelfView view={view} />}
    </div>
  );
}
