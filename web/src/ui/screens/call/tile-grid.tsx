import { type CSSProperties, useRef } from 'react';
import { type CallView, present } from '../../../state/call-view.ts';
import { layGrid } from '../../../state/grid.ts';
import { useSize } from '../../use-size.ts';
import style from './call-screen.module.css';
import { CallStage } from './call-stage.tsx';
import { SelfView } from './self-view.tsx';
import { Tile } from './tile.tsx';

/** Two people: the other one large, oneself in a corner. More of them share the stage. */
export function TileGrid({ view }: { view: CallView }) {
  if (present(view).length > 1) {
    return (
      <div className={style.many}>
        <CallStage view={view} />
      </div>
    );
  }
  return <Pair view={view} />;
}

function Pair({ view }: { view: CallView }) {
  const area = useRef<HTMLDivElement>(null);
  const size = useSize(area);
  const others = present(view);
  const grid = layGrid(others.length, size.width, size.height);
  const edges: CSSProperties & Record<'--edge-x' | '--edge-y', string> = {
    '--edge-x': `${(size.width - grid.width) / 2}px`,
    '--edge-y': `${(size.height - grid.height) / 2}px`,
  };
  return (
    <div ref={area} className={style.area} style={edges}>
      <ul className={style.grid}>
        {size.width > 0 &&
          others.map((p) => (
            <Tile key={p.person.uid} participant={p} width={grid.width} height={grid.height} />
          ))}
      </ul>
      {(view.videoOn || view.sharing) && <SelfView view={view} />}
    </div>
  );
}
