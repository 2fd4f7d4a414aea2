/**
 * Kills what is left of a process group whose leader has ended: children that it did not take with
 * it. The system keeps the group's number from others as long as it has members.
 */
export function endGroup(leader: number): void {
  try {
    Deno.kill(-leader, "SIGKILL");
  } catch (error) {
    // macOS refuses where only zombies are left, instead of finding nobody.
    const nobody = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied;
    if (!nobody) throw error;
  }
}
