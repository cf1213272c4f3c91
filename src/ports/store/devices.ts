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
