import { z } from "zod";

/** Name of a flow's variable. */
export const VariableName = z.string()
  .regex(/^[a-z][A-Za-z0-9]{0,62}$/, "a letter, then letters and digits");
