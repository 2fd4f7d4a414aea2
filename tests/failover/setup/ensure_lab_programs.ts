import { installPackages } from "../../setup/install_packages.ts";
import { LAB_PROGRAMS, missingPrograms } from "./missing_programs.ts";

/**
 * Makes sure that the lab's programs are installed: on Debian as root by apt-get.
 * @throws Error in one sentence that says what is missing and how to mend it
 */
export async function ensureLabPrograms(say: (line: string) => void): Promise<void> {
  const missing = await missingPrograms();
  if (missing.length === 0) return;
  await installPackages(missing, missing.map((program) => LAB_PROGRAMS[program]), say);
  const still = await missingPrograms();
  if (still.length > 0) throw new Error(`apt-get did not bring: ${still.join(", ")}`);
}
