// One rule for every room that calls addresses a tenant has set.
export { isPublicAddress } from "../../protocol/egress/is_public_address.ts";
