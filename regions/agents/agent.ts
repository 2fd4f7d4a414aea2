import type { AgentState } from "../../protocol/agent_session/agent_view.ts";
import type { MediaCapacity } from "../../protocol/configuration/multimedia_profile.ts";
import type { SkillValues } from "../../protocol/configuration/skill_profile.ts";
import type { MediaLoad } from "../routing/has_room.ts";

/** An agent who is, or was lately, signed in. */
export interface Agent {
  id: string;
  name: string;
  state: AgentState;
  idleCode: string | null;
  /** When `state` began (epoch ms). */
  since: number;
  /** Free since: orders the longest available agent first (epoch ms). */
  freeSince: number;
  /** The edge that holds the agent's desktop, null while there is none. */
  edgeId: string | null;
  /** The PoP that holds the agent's softphone, null while there is none. */
  softphonePopId: string | null;
  /** The one offer that may stand at a time. */
  offeredInteractionId: string | null;
  /** Interactions the agent has or wraps up. */
  assigned: string[];
  /** The same, counted by medium. */
  load: MediaLoad;
  teamIds: string[];
  /** What the agent's and their teams' skill profiles come to. */
  skills: SkillValues;
  capacity: MediaCapacity;
}
