const config = await fetch('/docs/config.json').then((answer) => answer.json());

document.getElementById('accounts').append(
  ...config.accounts.flatMap(({ username, name }) => {
    const code = document.createElement('code');
    code.textContent = username;
    code.title = name;
    return [code];
  }),
);

const spec = await fetch('/openapi.json').then((answer) => answer.json());
// The document leaves the issuer open; here it is this system's own, so that "Authorize" signs in.
for (const [name, scheme] of Object.entries(spec.components.securitySchemes)) {
  if (scheme.type === 'apiKey') continue;
  spec.components.securitySchemes[name] = {
    type: 'oauth2',
    flows: {
      authorizationCode: {
        authorizationUrl: `${config.issuer}/auth`,
        tokenUrl: `${config.issuer}/token`,
        scopes: { openid: 'sign in' },
      },
    },
  };
}

const page = window.SwaggerUIBundle({
  spec,
  dom_id: '#api',
  deepLinking: true,
  filter: true,
  docExpansion: 'none',
  persistAuthorization: false,
  oauth2RedirectUrl: `${location.origin}/docs/assets/oauth2-redirect.html`,
  // Every command needs a key of its own; the page makes one unless it was given.
  requestInterceptor(request) {
    if (
      request.method &&
      request.method !== 'GET' &&
      !request.headers['Idempotency-Key'] &&
      request.url.includes('/v1/')
    ) {
      request.headers['Idempotency-Key'] = crypto.randomUUID();
    }
    return request;
  },
});
page.initOAuth({ clientId: config.clientId, usePkceWithAuthorizationCodeGrant: true, scopes: ['openid'] });
