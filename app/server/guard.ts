import { randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may talk to the server: the token in the printed address is good once and buys a cookie; every request needs
 * the cookie, a Host that is this server's own (DNS rebinding) and, where it has one, an Origin of this server (other pages).
 */
export class Guard {
  readonly token = secret();
  private readonly session = secret();
  // Cookies know no ports: two servers on one machine must not take each other's.
  private readonly cookieName = `moetopic-${secret().slice(0, 8)}`;
  private spent = false;
  private hosts = new Set<string>();

  /** Names under which the server is known, once its port is. */
  allow(host: string, port: number): void {
    const bare = host.includes(':') ? `[${host}]` : host;
    const names = [bare, 'localhost', '127.0.0.1', '[::1]'];
    this.hosts = new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
  }

  /** The cookie for a token that was not used before, else null. */
  redeem(token: string): string | null {
    if (this.spent || !same(token, this.token)) return null;
    this.spent = true;
    return `${this.cookieName}=${this.session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** Null, or the reason why a request is refused. */
  refuse(
    headers: { host?: string; origin?: string; cookie?: string },
    needsOrigin = false,
  ): { status: 401 | 403; reason: string } | null {
    const foreign = this.foreign(headers, needsOrigin);
    if (foreign) return foreign;
    const cookies = (headers.cookie ?? '').split(/;\s*/);
    const own = cookies.find((cookie) => cookie.startsWith(`${this.cookieName}=`));
    if (!own || !same(own.slice(this.cookieName.length + 1), this.session))
      return {
        status: 401,
        reason: 'Open the address that `moetopic serve` printed; its token is good for one browser.',
      };
    return null;
  }

  foreign(
    { host, origin }: { host?: string; origin?: string },
    needsOrigin = false,
  ): { status: 403; reason: string } | null {
    if (host === undefined || !this.hosts.has(host.toLowerCase()))
      return { status: 403, reason: 'This server does not answer to that host name.' };
    if (origin === undefined ? needsOrigin : origin.toLowerCase() !== `http://${host.toLowerCase()}`)
      return { status: 403, reason: 'Requests from other pages are refused.' };
    return null;
  }
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
