import { Slider as AriaSlider, Label, SliderThumb, SliderTrack } from 'react-aria-components';
import style from './slider.module.css';

interface SliderProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

/** A share from 0 to 1. */
export function Slider({ label, value, onChange }: SliderProps) {
  return (
    <AriaSlider
      className={style.slider ?? ''}
      value={value}
      minValue={0}
      maxValue={1}
      step={0.05}
      formatOptions={{ style: 'percent' }}
      onChange={onChange}
    >
      <Label className={style.label}>{label}</Label>
      <SliderTrack className={style.track ?? ''}>
        <span className={style.filled} style={{ inlineSize: `${value * 100}%` }} />
        <SliderThumb className={style.thumb ?? ''} aria-label={label} />
      </SliderTrack>
    </AriaSlider>
  );
}
