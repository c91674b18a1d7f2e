import { deliveryMessages } from '../core/messages/deliveries.js';
import { findingMessages } from '../core/messages/findings.js';
import { formMessages } from '../core/messages/form.js';
import type { Messages } from '../core/messages/index.js';
import { listMessages } from '../core/messages/list.js';
import { toolMessages } from '../core/messages/tools.js';

export const messages: Messages = { ...listMessages, ...toolMessages, ...deliveryMessages, ...formMessages, ...findingMessages };
