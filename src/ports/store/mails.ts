/** A letter that is to be sent; gone when it was. */
export interface WaitingMail {
  id: string;
  /** The letter, sealed: only this server reads it. */
  sealed: string;
  createdAt: number;
  /** When it is tried next. Whoever moves this on has it until then. */
  nextAt: number;
  /** It is given up then. */
  untilAt: number;
  /** How often it was tried. */
  tries: number;
}

export interface MailQueries {
  /** Those whose time has come, the longest waiting first. */
  due(now: number, limit: number): Promise<WaitingMail[]>;
  count(): Promise<number>;
}

export interface MailWrites {
  insert(mails: readonly WaitingMail[]): Promise<void>;
  /** Moves it on while it is as it was read; false when somebody else was quicker or it is gone. */
  move(mail: WaitingMail, to: Pick<WaitingMail, 'nextAt' | 'tries'>): Promise<boolean>;
  remove(id: string): Promise<void>;
}
