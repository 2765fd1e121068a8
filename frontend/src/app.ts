// What every page can do once scripts have come. Each page works without them.
import "htmx.org";
import "./behaviours/autogrow";
import "./behaviours/autosubmit";
import "./behaviours/confirm";
import "./behaviours/copy";
import "./behaviours/countdown";
import "./behaviours/dialogs";
import "./behaviours/drafts";
import "./behaviours/focus";
import "./behaviours/reorder";
import "./behaviours/save-first";
import "./behaviours/shortcuts";
import "./behaviours/submit-once";
