export interface Group {
  id: string;
  name: string;
  ownerId: number | null;
  /** In order of id. */
  memberIds: number[];
  createdAt: number;
}

export interface GroupQueries {
  get(id: string): Promise<Group | undefined>;
  of(userId: number): Promise<Group[]>;
}

export interface GroupWrites {
  /** Creates it, or replaces name, owner and members. */
  put(group: Group): Promise<void>;
  remove(id: string): Promise<void>;
  addMember(id: string, userId: number): Promise<void>;
  removeMember(id: string, userId: number): Promise<void>;
}
