/** Two people and how they stand; one row per pair. */
export interface ContactRow {
  /** The other one, seen from the asker of the query. */
  otherId: number;
  state: 'pending' | 'accepted' | 'blocked';
  /** Who asked, or who blocked; 0 when each has blocked the other. */
  byId: number;
  at: number;
}

export interface ContactQueries {
  between(a: number, b: number): Promise<ContactRow | undefined>;
  of(userId: number): Promise<ContactRow[]>;
  /** Of these people, those who are an accepted contact or share a group with the user (and no block stands between them). */
  reachable(userId: number, others: readonly number[]): Promise<Set<number>>;
}

export interface ContactWrites {
  /** Inserts or replaces the pair's row. */
  put(a: number, b: number, state: ContactRow['state'], byId: number, now: number): Promise<void>;
  remove(a: number, b: number): Promise<void>;
}

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

/** One live socket of a user. Clients name their devices: `id` is unique within a user and a node only. */
export interface Device {
  id: string;
  userId: number;
  nodeId: string;
  /** The `jti` of the token it came with: a REST client of the same token is the same device. */
  jti: string | null;
  userAgent: string;
  connectedAt: number;
}

export interface DeviceQueries {
  of(userId: number): Promise<Device[]>;
  /** Of these people, those with a device somewhere in the cluster. */
  online(userIds: readonly number[]): Promise<Set<number>>;
  /** Of all nodes whose lease (of the node's id) has run out at `now`, or was never taken. */
  ofDeadNodes(now: number): Promise<Device[]>;
}

export interface DeviceWrites {
  /** Replaces the row of the same user, node and id. */
  add(device: Device): Promise<void>;
  remove(userId: number, id: string, nodeId: string): Promise<void>;
  removeOfNode(nodeId: string): Promise<Device[]>;
}
