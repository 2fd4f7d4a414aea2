/**
 * The agent desktop's entry: defines its elements.
 * @module
 */
import "./components/antiphon_desktop.ts";
