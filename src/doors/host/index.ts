import type { Door, Route } from '../route.ts';
import { deleteHostContact } from './delete-host-contact.ts';
import { deleteHostGroup } from './delete-host-group.ts';
import { deleteHostMember } from './delete-host-member.ts';
import { deleteUser } from './delete-user.ts';
import { deleteWebhook } from './delete-webhook.ts';
import { Failure } from './envelope.ts';
import { error } from './errors.ts';
import { getDead } from './get-dead.ts';
import { getEvents } from './get-events.ts';
import { getHostContacts } from './get-host-contacts.ts';
import { getHostGroup } from './get-host-group.ts';
import { getUser } from './get-user.ts';
import { getWebhook } from './get-webhook.ts';
import { listUsers } from './list-users.ts';
import { listWebhooks } from './list-webhooks.ts';
import { acceptContact } from './people/accept-contact.ts';
import { addMember } from './people/add-member.ts';
import { askContact } from './people/ask-contact.ts';
import { blockContact } from './people/block-contact.ts';
import { createGroup } from './people/create-group.ts';
import { cutDevice } from './people/cut-device.ts';
import { declineContact } from './people/decline-contact.ts';
import { deleteContact } from './people/delete-contact.ts';
import { listContacts } from './people/list-contacts.ts';
import { listDevices } from './people/list-devices.ts';
import { listGroups } from './people/list-groups.ts';
import { removeMember } from './people/remove-member.ts';
import { searchPeople } from './people/search-people.ts';
import { postToken } from './post-token.ts';
import { postWebhook } from './post-webhook.ts';
import { putHostContact } from './put-host-contact.ts';
import { putHostGroup } from './put-host-group.ts';
import { putHostMember } from './put-host-member.ts';
import { putUser } from './put-user.ts';
import { replayWebhook } from './replay-webhook.ts';

/** For the host application's backend. */
const hostRoutes: readonly Route[] = [
  putUser,
  getUser,
  listUsers,
  deleteUser,
  putHostContact,
  deleteHostContact,
  getHostContacts,
  putHostGroup,
  getHostGroup,
  deleteHostGroup,
  putHostMember,
  deleteHostMember,
  postToken,
  getEvents,
  listWebhooks,
  getWebhook,
  postWebhook,
  deleteWebhook,
  replayWebhook,
  getDead,
];

/** For people with a token of their own. */
const peopleRoutes: readonly Route[] = [
  searchPeople,
  listContacts,
  askContact,
  acceptContact,
  declineContact,
  blockContact,
  deleteContact,
  listGroups,
  createGroup,
  addMember,
  removeMember,
  listDevices,
  cutDevice,
];

/** Part F: what no contract names and every one needs. */
export const host: Door = {
  name: 'host',
  description: 'People, contacts, groups, devices, events and webhooks (part F).',
  routes: [...hostRoutes, ...peopleRoutes],
  prefixes: ['/api/v1/host', '/api/v1/contacts', '/api/v1/groups', '/api/v1/me', '/api/v1/people', '/'],
  errorSchema: Failure,
  error,
};
