import './client.ts';
import './orchestrations.ts';
