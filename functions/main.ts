import { compose } from './compose/compose.ts';
import { registerFunctions } from './register-functions.ts';
import { functionsOf } from './tables/functions-of.ts';

// The one composition root: importing it registers every function that the app's role has.
const product = await compose(process.env);
await registerFunctions(product, await functionsOf(product.role));
