"""A local GOV.UK Notify: texts are taken, replied to and lost as a test or a demo says. It knows nothing of the bot.

What it does is what `sandbox/facts/govuk-notify.json` says, with its source.
"""
