import "./shell/jitless_zod.ts";
import { startDesktop } from "./shell/start_desktop.ts";
import { openMediasoupLink } from "./softphone/open_mediasoup_link.ts";

startDesktop(openMediasoupLink);
