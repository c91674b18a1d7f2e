/** WebKit's and Firefox's user agents do not name it. */
export const isChromium = navigator.userAgent.includes('Chrome');
