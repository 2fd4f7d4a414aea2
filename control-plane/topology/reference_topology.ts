import type { Geography } from "./geography.ts";

/** The reference topology: where the platform is planned to be present. */
export const REFERENCE_TOPOLOGY: readonly Geography[] = [
  {
    id: "us",
    name: "United States",
    serviceRegions: ["us-east", "us-west"],
    servedFrom: null,
    mediaRegions: [
      { id: "us-east", name: "N. Virginia" },
      { id: "us-west", name: "N. California" },
    ],
    pops: [
      { id: "NYC", city: "New York", region: "us-east" },
      { id: "LAX", city: "Los Angeles", region: "us-west" },
    ],
  },
  {
    id: "canada",
    name: "Canada",
    serviceRegions: ["ca-central"],
    servedFrom: null,
    mediaRegions: [{ id: "ca-central", name: "Central" }],
    pops: [
      { id: "YVR", city: "Vancouver", region: "ca-central" },
      { id: "YYZ", city: "Toronto", region: "ca-central" },
    ],
  },
  {
    id: "brazil",
    name: "Brazil",
    serviceRegions: [],
    servedFrom: "us-east",
    mediaRegions: [{ id: "sa-east", name: "São Paulo" }],
    pops: [
      { id: "GRU", city: "São Paulo", region: "sa-east" },
      { id: "GIG", city: "Rio de Janeiro", region: "sa-east" },
    ],
  },
  {
    id: "europe",
    name: "Europe",
    serviceRegions: ["eu-central"],
    servedFrom: null,
    mediaRegions: [{ id: "eu-central", name: "Frankfurt" }],
    pops: [
      { id: "FRA", city: "Frankfurt", region: "eu-central" },
      { id: "AMS", city: "Amsterdam", region: "eu-central" },
    ],
  },
  {
    id: "uk",
    name: "United Kingdom",
    serviceRegions: ["eu-london"],
    servedFrom: null,
    mediaRegions: [{ id: "eu-london", name: "London" }],
    pops: [{ id: "LON", city: "London", region: "eu-london" }],
  },
  {
    id: "india",
    name: "India",
    serviceRegions: [],
    servedFrom: "ap-singapore",
    mediaRegions: [{ id: "ap-mumbai", name: "Mumbai" }],
    pops: [
      { id: "PNQ", city: "Pune", region: "ap-mumbai" },
      { id: "HYD", city: "Hyderabad", region: "ap-mumbai" },
    ],
  },
  {
    id: "singapore",
    name: "Singapore",
    serviceRegions: ["ap-singapore"],
    servedFrom: null,
    mediaRegions: [{ id: "ap-singapore", name: "Singapore" }],
    pops: [{ id: "SIN", city: "Singapore", region: "ap-singapore" }],
  },
  {
    id: "japan",
    name: "Japan",
    serviceRegions: ["ap-tokyo"],
    servedFrom: null,
    mediaRegions: [{ id: "ap-tokyo", name: "Tokyo" }],
    pops: [
      { id: "TYO", city: "Tokyo", region: "ap-tokyo" },
      { id: "OSA", city: "Osaka", region: "ap-tokyo" },
    ],
  },
  {
    id: "australia",
    name: "Australia",
    serviceRegions: ["ap-sydney"],
    servedFrom: null,
    mediaRegions: [{ id: "ap-sydney", name: "Sydney" }],
    pops: [
      { id: "MEL", city: "Melbourne", region: "ap-sydney" },
      { id: "SYD", city: "Sydney", region: "ap-sydney" },
    ],
  },
];
