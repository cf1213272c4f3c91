/** One picture of a stage: somebody's face, or a screen that somebody shares. */
export interface StageItem {
  key: string;
  uid: string;
  name: string;
  avatarUrl: string | null;
  self: boolean;
  screen: boolean;
}
