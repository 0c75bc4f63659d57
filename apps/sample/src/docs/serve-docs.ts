import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves the API's description: for people at `/docs`, for programs at `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Sample shop')
    .setDescription('Signs VodaPay users in with nestjs-vodapay.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The session token of the login, `vps_…`.' })
    .build();
  SwaggerModule.setup('docs', app, SwaggerModule.createDocument(app, description), { jsonDocumentUrl: 'docs-json' });
}
