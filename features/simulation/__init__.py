"""An invented England: practices, inspections and a support programme, written in the publishers' own formats."""
