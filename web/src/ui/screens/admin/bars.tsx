import { useId } from 'react';
import style from './admin.module.css';

interface Bar {
  /** What tells bars of one name apart. */
  id?: number;
  name: string;
  value: number;
}

/** Numbers beside each other as bars; a table to who cannot see them. */
export function Bars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const id = useId();
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={style.chartTitle}>
        {title}
      </h3>
      <table className={style.chart} aria-labelledby={id}>
        <tbody>
          {bars.map(({ id: key, name, value }) => (
            <tr key={key ?? name}>
              <th scope="row">{name}</th>
              <td>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" className={style.bar}>
                  <rect width={(100 * value) / most} height="10" />
                </svg>
              </td>
              <td className={style.value}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
