import http from 'node:http';

/** DynamoDB or its streams answered with an error; `name` is its type (`ResourceInUseException`). */
export class DynamoError extends Error {
  readonly statusCode: number;

  constructor(type: string, message: string, statusCode: number) {
    super(message);
    this.name = type;
    this.statusCode = statusCode;
  }
}

/** One operation of the JSON protocol, such as `DynamoDB_20120810.CreateTable`. */
export type DynamoCall = <T = Record<string, unknown>>(target: string, body: object) => Promise<T>;

/**
 * The JSON protocol of DynamoDB as spoken by an emulator, which looks at the form of a signature but not at its value.
 * Not the SDK: its streams client would be one more dependency, and the pollers ask up to a hundred times a second.
 */
export function createDynamoApi(endpoint: string): { call: DynamoCall; close(): void } {
  const agent = new http.Agent({ keepAlive: true });
  const url = new URL(endpoint);
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-date': '20250101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };

  const call = <T>(target: string, body: object): Promise<T> =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body);
      const request = http.request(
        url,
        {
          method: 'POST',
          agent,
          headers: { ...headers, 'x-amz-target': target, 'content-length': Buffer.byteLength(text) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            try {
              const answer = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
              if (response.statusCode === 200) resolve(answer);
              else {
                const type = String(answer.__type ?? 'UnknownError').replace(/^.*#/, '');
                reject(new DynamoError(type, String(answer.message ?? answer.Message ?? ''), response.statusCode ?? 0));
              }
            } catch (error) {
              reject(error);
            }
          });
        },
      );
      request.on('error', reject);
      request.end(text);
    });

  return { call, close: () => agent.destroy() };
}
