/** The class of a status that the transaction machines tell apart. */
export function statusClass(status: number): "provisional" | "success" | "failure" {
  return status < 200 ? "provisional" : status < 300 ? "success" : "failure";
}
