/** What a flow may ask of a service outside; each kind says what its answer holds. */
export interface ServiceRequest {
  type: string;
}
