import type { deliveryMessages } from './deliveries.js';
import type { findingMessages } from './findings.js';
import type { formMessages } from './form.js';
import type { listMessages } from './list.js';
import type { Message } from './message.js';
import type { toolMessages } from './tools.js';

export { formatMessage, type Message, type MessageParameters } from './message.js';

export type MessageKey =
  | keyof typeof listMessages
  | keyof typeof toolMessages
  | keyof typeof deliveryMessages
  | keyof typeof formMessages
  | keyof typeof findingMessages;

/** Every text of both elements. A locale has all of them; a page overrides single ones. */
export type Messages = Readonly<Record<MessageKey, Message>>;
