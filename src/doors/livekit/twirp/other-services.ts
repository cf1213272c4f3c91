import {
  ListAgentDispatchRequest,
  ListAgentDispatchResponse,
  ListEgressRequest,
  ListEgressResponse,
  ListIngressRequest,
  ListIngressResponse,
  ListSIPDispatchRuleRequest,
  ListSIPDispatchRuleResponse,
  ListSIPInboundTrunkRequest,
  ListSIPInboundTrunkResponse,
  ListSIPOutboundTrunkRequest,
  ListSIPOutboundTrunkResponse,
} from '@livekit/protocol';
import { mayAdminister, mayIngress, mayRecord, maySip } from './grants.ts';
import type { Answer, Method } from './method.ts';
import { method } from './method.ts';

/** A list of what there is none of here. */
const nothing = (made: new () => Answer) => async () => new made();

/**
 * LiveKit's services beside rooms, which this server does not have: what they list is empty, so that
 * dashboards work; everything else of theirs is `unimplemented`.
 */
export const otherServices: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  Egress: {
    ListEgress: method({ request: ListEgressRequest, may: mayRecord, run: nothing(ListEgressResponse) }),
  },
  Ingress: {
    ListIngress: method({ request: ListIngressRequest, may: mayIngress, run: nothing(ListIngressResponse) }),
  },
  AgentDispatchService: {
    ListDispatch: method({
      request: ListAgentDispatchRequest,
      may: mayAdminister,
      run: nothing(ListAgentDispatchResponse),
    }),
  },
  SIP: {
    ListSIPInboundTrunk: method({
      request: ListSIPInboundTrunkRequest,
      may: maySip,
      run: nothing(ListSIPInboundTrunkResponse),
    }),
    ListSIPOutboundTrunk: method({
      request: ListSIPOutboundTrunkRequest,
      may: maySip,
      run: nothing(ListSIPOutboundTrunkResponse),
    }),
    ListSIPDispatchRule: method({
      request: ListSIPDispatchRuleRequest,
      may: maySip,
      run: nothing(ListSIPDispatchRuleResponse),
    }),
  },
};
