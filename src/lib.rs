//! copydesk: an editorial style linter.
