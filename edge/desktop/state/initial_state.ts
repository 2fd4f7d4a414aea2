import { initialSoftphone } from "../softphone/softphone_state.ts";
import type { DesktopState } from "./desktop_state.ts";

/** The desktop before anything is known. */
export const initialState: DesktopState = {
  phase: "starting",
  signOnMessage: null,
  person: null,
  session: { status: "connecting", retryAt: null },
  clusterReachable: true,
  known: false,
  agent: null,
  offers: [],
  assignments: [],
  messages: {},
  unsent: [],
  unread: {},
  drafts: {},
  idleCodes: [],
  wrapUpCodes: [],
  softphone: initialSoftphone,
  selected: null,
  awaited: null,
  busy: {},
  notices: [],
  announcement: { id: 0, text: "", urgent: false },
  skew: 0,
  welcomedAt: 0,
};
