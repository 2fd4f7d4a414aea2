import { customersAreCalledWell } from "./customers_are_called_well.ts";
import { effectsWereCommitted } from "./effects_were_committed.ts";
import { everythingHasADeadline } from "./everything_has_a_deadline.ts";
import { lineIsInOrder } from "./line_is_in_order.ts";
import { logReplays } from "./log_replays.ts";
import { messagesArriveOnce } from "./messages_arrive_once.ts";
import { numbersTakeWhatIsLeft } from "./numbers_take_what_is_left.ts";
import { requirementsOnlyRelax } from "./requirements_only_relax.ts";
import { nobodyIsLeftIdle } from "./nobody_is_left_idle.ts";
import type { MakeObserver } from "./observer.ts";
import { offeredInOrder } from "./offered_in_order.ts";
import { oneOffer } from "./one_offer.ts";
import { oneOwner } from "./one_owner.ts";
import { popEventsAreKept } from "./pop_events_are_kept.ts";
import { placeIsKept } from "./place_is_kept.ts";
import { ronaStays } from "./rona_stays.ts";
import { searchOnlyWidens } from "./search_only_widens.ts";
import { startsOnce } from "./starts_once.ts";
import { tenantsAreApart } from "./tenants_are_apart.ts";
import { timesAreKept } from "./times_are_kept.ts";
import { wrapUpEnds } from "./wrap_up_ends.ts";

/** Every promise that is checked while a world runs. */
export const CHECKS: readonly MakeObserver[] = [
  oneOwner,
  startsOnce,
  popEventsAreKept,
  effectsWereCommitted,
  tenantsAreApart,
  oneOffer,
  offeredInOrder,
  nobodyIsLeftIdle,
  placeIsKept,
  lineIsInOrder,
  searchOnlyWidens,
  requirementsOnlyRelax,
  numbersTakeWhatIsLeft,
  customersAreCalledWell,
  ronaStays,
  wrapUpEnds,
  everythingHasADeadline,
  timesAreKept,
  messagesArriveOnce,
  logReplays,
];
