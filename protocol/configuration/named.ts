import { z } from "zod";
import { DisplayName, Slug } from "../ids/names.ts";

/** What most entities of a tenant have: an id that the administrator chose, and a name. */
export const Named = z.object({ id: Slug, name: DisplayName });
