import type { Signed } from '../../../core/users/index.ts';
import type { Asked } from '../../route.ts';

/** Who asks, with which device and from where. */
export const signed = ({
  principal,
  device,
  customer,
}: Pick<Asked<'user', unknown, unknown, unknown>, 'principal' | 'device' | 'customer'>): Signed => ({
  user: principal.user,
  devices: device === null ? [principal.jti] : [principal.jti, device],
  address: customer,
});
