import { useEffect, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { CallView } from '../../../state/call-view.ts';
import { tellPoor } from '../../../state/poor-news.ts';
import type { Call, CallStats } from '../../../state/sdk.ts';
import { useAfter } from '../../banners.tsx';
import { classes } from '../../classes.ts';
import { useGround } from '../../ground.ts';
import menu from '../../menu.module.css';
import style from './quality.module.css';

type Quality = 'good' | 'poor' | 'lost';

const words: Record<Quality, WordKey> = {
  good: 'call.qualityGood',
  poor: 'call.qualityPoor',
  lost: 'call.qualityLost',
};
const lit: Record<Quality, number> = { good: 3, poor: 1, lost: 0 };

/** The worst connection of the call as bars; a press shows the numbers. */
export function QualityBars({ view }: { view: CallView }) {
  const { t } = useWords();
  const ground = useGround();
  const joined = view.people.filter((p) => p.state === 'joined');
  const worst: Quality = joined.some((p) => p.quality === 'lost')
    ? 'lost'
    : joined.some((p) => p.quality === 'poor')
      ? 'poor'
      : 'good';
  // A short dip is not worth an eye.
  const bad = useAfter(worst !== 'good', 3000);
  useEffect(() => {
    if (bad) tellPoor();
  }, [bad]);
  const shown = bad ? worst : 'good';
  return (
    <DialogTrigger>
      <AriaButton
        className={classes(style.button, bad && style.bad)}
        aria-label={`${t('call.quality')}: ${t(words[shown])}`}
      >
        <span className={style.bars} aria-hidden="true">
          {[0, 1, 2].map((n) => (
            <span key={n} className={n < lit[shown] ? style.lit : style.bar} />
          ))}
        </span>
      </AriaButton>
      <Popover {...ground} className={menu.popover ?? ''} placement="bottom end">
        <Dialog aria-label={t('call.quality')} className={style.panel ?? ''}>
          <strong>{t(words[shown])}</strong>
          {view.call && <Numbers call={view.call} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Numbers({ call }: { call: Call }) {
  const { t } = useWords();
  const [stats, setStats] = useState<CallStats>();
  useEffect(() => {
    const read = () => {
      // Before media flows there is nothing to measure, which the panel says.
      call.stats().then(setStats, () => setStats(undefined));
    };
    read();
    const timer = setInterval(read, 2000);
    return () => clearInterval(timer);
  }, [call]);
  if (!stats) return <p className={style.none}>{t('stats.none')}</p>;
  const { audio, video } = stats;
  const rows: [WordKey, string][] = [
    ['stats.rtt', `${Math.round(stats.latency)} ms`],
    ['stats.loss', `${stats.packetLoss.toFixed(1)} %`],
  ];
  if (audio) rows.push(['stats.jitter', `${Math.round(audio.jitter * 1000)} ms`]);
  if (video && video.frameWidth > 0) {
    rows.push([
      'stats.size',
      `${video.frameWidth} × ${video.frameHeight}, ${Math.round(video.frameRate)} fps`,
    ]);
    rows.push(['stats.rate', `${Math.round(video.bitrate)} kbit/s`]);
  }
  return (
    <dl className={style.numbers}>
      {rows.map(([key, value]) => (
        <div key={key} className={style.row}>
          <dt>{t(key)}</dt>
          <dd className="tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
