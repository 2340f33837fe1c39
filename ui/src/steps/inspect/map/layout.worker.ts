import { type Drawing, place } from "./layout";

// One picture for each worker.
self.onmessage = ({ data }: MessageEvent<Drawing>) => self.postMessage(place(data));
