/** Someone who signs in at the edge. */
export interface Person {
  edgeUrl: string;
  tenant: string;
  username: string;
  password: string;
}

/** Signs someone on; gives the access token. */
export async function signOn({ edgeUrl, ...who }: Person): Promise<string> {
  const response = await fetch(`${edgeUrl}/v1/sign-on`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(who),
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok) throw new Error(`sign-on: ${response.status} ${await response.text()}`);
  return (await response.json()).accessToken;
}
