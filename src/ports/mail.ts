/** One message to one person: plain text, which every program shows. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
}

export interface Mail {
  /** The server that takes mail has it. Throws when it does not, with nothing of the text in the error. */
  send(letter: Letter): Promise<void>;
  close(): Promise<void>;
}
