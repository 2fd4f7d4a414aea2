import type { CallsVerdict } from "./check_calls.ts";
import type { MessagesVerdict } from "./check_messages.ts";
import type { OffersVerdict } from "./check_offers.ts";
import type { OwnershipVerdict } from "./check_ownership.ts";
import type { PlacesVerdict } from "./check_places.ts";
import type { TimersVerdict } from "./check_timers.ts";
import type { TimesVerdict } from "./check_times.ts";

/** All that a history shows. */
export interface Verdict
  extends
    CallsVerdict,
    MessagesVerdict,
    OffersVerdict,
    OwnershipVerdict,
    PlacesVerdict,
    TimersVerdict,
    TimesVerdict {}
