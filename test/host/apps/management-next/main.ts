// The same app, deployed again with other settings.
import '../management/main.ts';
