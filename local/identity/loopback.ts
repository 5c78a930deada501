/** Whether an address is plain HTTP to this machine, of any port and path (RFC 8252, 7.3), with nothing hidden in it. */
export function isLoopbackUri(address: string): boolean {
  const url = URL.parse(address);
  return (
    url?.protocol === 'http:' &&
    ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname) &&
    url.username === '' &&
    url.password === '' &&
    !address.includes('#')
  );
}

/** Whether a page of this origin is served by this machine. */
export function isLoopbackOrigin(origin: string): boolean {
  return isLoopbackUri(origin) && URL.parse(origin)?.origin === origin;
}
