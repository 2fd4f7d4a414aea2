/** What a mediasoup-client transport is made from. */
export interface TransportParameters {
  id: string;
  iceParameters: IceParameters;
  iceCandidates: IceCandidate[];
  dtlsParameters: {
    role: "auto";
    fingerprints: { algorithm: "sha-256"; value: string }[];
  };
}

/** ICE credentials of the PoP, an ICE-lite agent (RFC 8445 section 2.5). */
export interface IceParameters {
  usernameFragment: string;
  password: string;
  iceLite: true;
}

/** A host candidate of the PoP. `ip` is what older clients read. */
export interface IceCandidate {
  foundation: string;
  priority: number;
  address: string;
  ip: string;
  protocol: "udp";
  port: number;
  type: "host";
}
