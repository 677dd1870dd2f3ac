"""What the field knows: pure rules beside the policy, without files, clock, record or screen."""
