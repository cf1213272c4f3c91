/** Whoever sends a picture is told how large it is drawn, and sends no more than that. */
export interface PictureSize {
  shown(width: number, height: number): void;
  /** It is drawn nowhere. */
  hidden(): void;
}

/** Tracks that come through a server, which can send less of them; none of those from person to person. */
export const pictureSizes = new WeakMap<MediaStreamTrack, PictureSize>();
