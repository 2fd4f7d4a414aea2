import type { DesktopState } from "../state/desktop_state.ts";
import type { DesktopController } from "./desktop_controller.ts";

/** Hands on what the browser tells of network, devices and the window's closing. */
export function watchBrowser(controller: DesktopController, state: () => DesktopState): void {
  addEventListener("online", () => controller.setOnline(true));
  addEventListener("offline", () => controller.setOnline(false));
  navigator.mediaDevices?.addEventListener("devicechange", () => controller.devicesChanged());
  navigator.permissions?.query({ name: "microphone" as PermissionName }).then(
    (permission) => {
      permission.onchange = () => {
        if (permission.state === "granted") controller.devicesChanged();
      };
    },
    () => {
      // A browser that cannot tell: the banner's "Try again" does the same.
    },
  );
  addEventListener("beforeunload", (event) => {
    const { assignments } = state();
    const inCall = assignments.some((one) => one.channel === "voice" && one.state === "connected");
    if (inCall) event.preventDefault();
  });
}
