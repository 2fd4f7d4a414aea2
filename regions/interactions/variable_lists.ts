/** Names of variables that are not plain to all. */
export interface VariableLists {
  /** Not shown to agents. */
  hidden: string[];
  /** Agents may change them. */
  editable: string[];
  reportable: string[];
  /** Never shown or reported. */
  sensitive: string[];
}
